import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { UserMistake } from '../../../constructs/model/problems/problem.ts';
import { expiringCacerts, readCacerts } from '../../../operations/preflight/cacerts.ts';
import { type Certificates, makeCertificates } from '../../support/preflight/certificates.ts';

const day = 24 * 60 * 60 * 1000;
let made: Certificates;
let directory: string;

beforeAll(() => {
  made = makeCertificates();
  made.make('root');
  made.make('other-root');
  made.give('host', 'root');
  made.give('member', 'root');
});
afterAll(() => made.forget());

// Each test has files of its own.
beforeEach(() => {
  directory = join(made.directory, 'own');
  rmSync(directory, { recursive: true, force: true });
  execFileSync('cp', ['-R', join(made.directory, 'ca'), directory]);
});

const at = (path: string): string => join(directory, path);
const put = (name: string, path: string): void => copyFileSync(join(made.directory, name), at(path));

function mistakesOf(...clusters: readonly string[]): readonly string[] {
  try {
    readCacerts(directory, clusters.length === 0 ? ['host', 'member'] : clusters);
    return [];
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    return error.message
      .replaceAll(`${directory}/`, '')
      .split('\n')
      .filter((line) => /^ {2}\S/.test(line));
  }
}

describe('the files of a cluster', () => {
  test('are read as they are', () => {
    const read = readCacerts(directory, ['host', 'member']);
    expect([...read.keys()]).toEqual(['host', 'member']);
    expect(read.get('host')?.['ca-key.pem']).toBe(readFileSync(at('host/ca-key.pem'), 'utf8'));
    expect(statSync(at('host/ca-key.pem')).mode & 0o777).toBe(0o600);
  });

  test('names every file that is missing in the directory', () => {
    rmSync(at('host/ca-key.pem'));
    rmSync(at('member/root-cert.pem'));
    expect(mistakesOf()).toEqual([
      '  there is no host/ca-key.pem, or it cannot be read',
      '  there is no member/root-cert.pem, or it cannot be read',
    ]);
  });

  test('of other clusters are not needed', () => {
    rmSync(at('member'), { recursive: true });
    expect(mistakesOf('host')).toEqual([]);
  });

  test('may be links within the directory, as in the volume of a Secret', () => {
    mkdirSync(at('host/..data'));
    for (const file of ['ca-cert.pem', 'ca-key.pem']) {
      copyFileSync(at(`host/${file}`), at(`host/..data/${file}`));
      rmSync(at(`host/${file}`));
      symlinkSync(`..data/${file}`, at(`host/${file}`));
    }
    expect(mistakesOf('host')).toEqual([]);
  });

  test('may not be links that lead out of it', () => {
    rmSync(at('host/root-cert.pem'));
    symlinkSync(join(made.directory, 'root.pem'), at('host/root-cert.pem'));
    expect(mistakesOf('host')).toEqual(['  host/root-cert.pem is a link that leads out of the directory']);
  });

  test('may not be pipes, directories or larger than they can be', () => {
    for (const file of ['ca-cert.pem', 'root-cert.pem']) rmSync(at(`host/${file}`));
    execFileSync('mkfifo', [at('host/ca-cert.pem')]);
    mkdirSync(at('host/root-cert.pem'));
    truncateSync(at('host/cert-chain.pem'), 300 * 1024);
    expect(mistakesOf('host')).toEqual([
      '  host/ca-cert.pem is not a regular file',
      '  host/root-cert.pem is not a regular file',
      '  host/cert-chain.pem has more than 256 kB',
    ]);
  });

  test.each([0o644, 0o604, 0o666, 0o620])('refuses a key with mode %o', (mode) => {
    chmodSync(at('host/ca-key.pem'), mode);
    expect(mistakesOf('host')).toEqual(['  host/ca-key.pem can be read by others, and is the key of a CA']);
  });

  test.each([0o600, 0o400, 0o640])('accepts a key with mode %o', (mode) => {
    chmodSync(at('host/ca-key.pem'), mode);
    expect(mistakesOf('host')).toEqual([]);
  });

  test('refuses a certificate that anybody may change', () => {
    chmodSync(at('host/root-cert.pem'), 0o646);
    expect(mistakesOf('host')).toEqual(['  host/root-cert.pem can be changed by others']);
  });
});

describe('the certificates', () => {
  test.each(['ca-cert.pem', 'root-cert.pem', 'cert-chain.pem', 'ca-key.pem'])('refuses a %s that is none', (file) => {
    for (const text of ['', 'any\n', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n']) {
      writeFileSync(at(`host/${file}`), text);
      expect(mistakesOf('host')).toEqual([expect.stringMatching(/^ {2}host\/[a-z.-]+ (is not a|holds no) /)]);
    }
  });

  test('refuses a key that is not that of the certificate', () => {
    put('other-root-key.pem', 'host/ca-key.pem');
    expect(mistakesOf('host')).toEqual(['  host/ca-key.pem is not the key of ca-cert.pem']);
  });

  test('refuses a key with a passphrase', () => {
    const words = ['pkcs8', '-topk8', '-in', 'root-key.pem', '-passout', 'pass:secret', '-out', at('host/ca-key.pem')];
    execFileSync('openssl', words, { cwd: made.directory, stdio: 'pipe' });
    expect(mistakesOf('host')).toEqual(['  host/ca-key.pem is not a private key in PEM without a passphrase']);
  });

  test.each([
    ['no CA', ['basicConstraints=critical,CA:FALSE']],
    ['nothing said about a CA', ['subjectKeyIdentifier=hash']],
    [
      'a CA whose key may not sign certificates',
      ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,digitalSignature'],
    ],
  ])('refuses a CA that is none: %s', (_, extensions) => {
    made.make('leaf', { issuer: 'root', extensions });
    put('leaf.pem', 'host/ca-cert.pem');
    put('leaf-key.pem', 'host/ca-key.pem');
    expect(mistakesOf('host')).toEqual([
      '  host/ca-cert.pem is not the certificate of a CA: it may not sign certificates',
    ]);
  });

  test('refuses a CA that another root has issued', () => {
    put('other-root.pem', 'host/root-cert.pem');
    expect(mistakesOf('host')).toEqual([
      '  host/ca-cert.pem is not issued by the root of root-cert.pem, not even over cert-chain.pem',
    ]);
  });

  test('refuses a CA of a root with the same name and another key', () => {
    // Nothing in them names a key.
    const extensions = [
      'basicConstraints=critical,CA:TRUE',
      'subjectKeyIdentifier=none',
      'authorityKeyIdentifier=none',
    ];
    const other = makeCertificates();
    other.make('same-name', { extensions });
    copyFileSync(join(other.directory, 'same-name.pem'), at('host/root-cert.pem'));
    other.forget();
    made.make('same-name', { extensions });
    made.make('ca-of-same-name', { issuer: 'same-name', extensions });
    put('ca-of-same-name.pem', 'host/ca-cert.pem');
    put('ca-of-same-name-key.pem', 'host/ca-key.pem');
    put('ca-of-same-name.pem', 'host/cert-chain.pem');
    expect(mistakesOf('host')).toEqual([
      '  host/ca-cert.pem is not issued by the root of root-cert.pem, not even over cert-chain.pem',
    ]);
    put('same-name.pem', 'host/root-cert.pem');
    expect(mistakesOf('host')).toEqual([]);
  });

  test('follows CAs between the CA and the root, in any order, and only those of the chain', () => {
    made.make('first', { issuer: 'root' });
    made.make('second', { issuer: 'first' });
    made.make('third', { issuer: 'second' });
    put('third.pem', 'host/ca-cert.pem');
    put('third-key.pem', 'host/ca-key.pem');
    expect(mistakesOf('host')).toHaveLength(1);
    put('third.pem', 'host/cert-chain.pem');
    for (const name of ['first', 'second', 'root'])
      appendFileSync(at('host/cert-chain.pem'), readFileSync(join(made.directory, `${name}.pem`)));
    expect(mistakesOf('host')).toEqual([]);
  });

  test('refuses a CA between them that is none', () => {
    made.make('between', { issuer: 'root', extensions: ['basicConstraints=critical,CA:FALSE'] });
    made.make('below', { issuer: 'between' });
    put('below.pem', 'host/ca-cert.pem');
    put('below-key.pem', 'host/ca-key.pem');
    put('between.pem', 'host/cert-chain.pem');
    expect(mistakesOf('host')).toEqual([
      '  host/cert-chain.pem is not the certificate of a CA: it may not sign certificates',
    ]);
  });

  test('ends with certificates that issue each other', () => {
    made.make('ring', { issuer: 'other-root' });
    put('ring.pem', 'host/ca-cert.pem');
    put('ring-key.pem', 'host/ca-key.pem');
    const chain = Array.from({ length: 40 }, () => readFileSync(join(made.directory, 'other-root.pem'), 'utf8'));
    writeFileSync(at('host/cert-chain.pem'), chain.join(''));
    expect(mistakesOf('host')).toHaveLength(1);
  });

  test('refuses a root that has not signed itself', () => {
    made.make('subordinate', { issuer: 'other-root' });
    made.make('of-subordinate', { issuer: 'subordinate' });
    put('of-subordinate.pem', 'host/ca-cert.pem');
    put('of-subordinate-key.pem', 'host/ca-key.pem');
    put('of-subordinate.pem', 'host/cert-chain.pem');
    put('subordinate.pem', 'host/root-cert.pem');
    expect(mistakesOf('host')).toEqual(['  host/root-cert.pem is not a root: it is not signed by itself']);
  });

  test('accepts a CA that is its own root', () => {
    for (const file of ['ca-cert.pem', 'cert-chain.pem', 'root-cert.pem']) put('root.pem', `host/${file}`);
    put('root-key.pem', 'host/ca-key.pem');
    expect(mistakesOf('host')).toEqual([]);
  });

  test('refuses a private key in a file that others get', () => {
    appendFileSync(at('host/root-cert.pem'), readFileSync(join(made.directory, 'root-key.pem')));
    expect(mistakesOf('host')).toEqual(['  host/root-cert.pem holds a private key, and is given to others']);
  });

  test('refuses two roots', () => {
    made.give('third', 'other-root');
    execFileSync('cp', ['-R', join(made.directory, 'ca', 'third'), at('third')]);
    rmSync(join(made.directory, 'ca', 'third'), { recursive: true });
    expect(mistakesOf('host', 'member', 'third')).toEqual([
      '  host/root-cert.pem, third/root-cert.pem are 2 root certificates, and calls between their clusters would fail',
    ]);
  });

  test('names the problems of all clusters at once', () => {
    rmSync(at('host/ca-key.pem'));
    put('other-root-key.pem', 'member/ca-key.pem');
    expect(mistakesOf()).toEqual([
      '  there is no host/ca-key.pem, or it cannot be read',
      '  member/ca-key.pem is not the key of ca-cert.pem',
    ]);
  });
});

describe('the dates', () => {
  const daysLater = (days: number, act: () => void): void => {
    vi.useFakeTimers({ now: Date.now() + days * day, toFake: ['Date'] });
    try {
      act();
    } finally {
      vi.useRealTimers();
    }
  };

  test('refuses certificates that have ended, or that are not valid yet', () => {
    daysLater(366, () =>
      expect(mistakesOf('host')).toEqual([
        expect.stringMatching(/^ {2}host\/ca-cert\.pem has ended on .* GMT$/),
        expect.stringMatching(/^ {2}host\/root-cert\.pem has ended on .* GMT$/),
      ]),
    );
    daysLater(-1, () =>
      expect(mistakesOf('host')).toEqual([
        expect.stringMatching(/^ {2}host\/ca-cert\.pem is not valid before .* GMT$/),
        expect.stringMatching(/^ {2}host\/root-cert\.pem is not valid before .* GMT$/),
      ]),
    );
  });

  test('warns of certificates that end within 30 days', () => {
    const read = readCacerts(directory, ['host']);
    const now = Date.now();
    expect(expiringCacerts(read, now + 334 * day)).toEqual([]);
    expect(expiringCacerts(read, now + 336 * day)).toEqual([
      expect.stringMatching(/^host: the certificate in ca-cert\.pem ends on .* GMT; /),
      expect.stringMatching(/^host: the certificate in root-cert\.pem ends on .* GMT; /),
    ]);
  });
});

test('shows a hostile name of a directory harmlessly', () => {
  const evil = join(made.directory, 'a;$(id)\u001b[2J');
  expect(() => readCacerts(evil, ['host'])).toThrow(/^[ -~\n]+$/);
});
