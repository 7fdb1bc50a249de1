import { describe, expect, test } from 'vitest';
import { adviseOnAddress, adviseOnRange, adviseOnServer } from '../../../../constructs/domain/addresses/advice.ts';
import { addressPattern, rangePattern, serverPattern } from '../../../../constructs/domain/addresses/patterns.ts';

describe('an address', () => {
  test.each([
    '203.0.113.10',
    '2001:db8::1',
    '::',
    '64:ff9b::203.0.113.10',
    'lb',
    'a1-b.eu-west-1.elb.amazonaws.com',
    '1password.example',
  ])('is %s', (text) => {
    expect(text).toMatch(addressPattern);
  });

  test.each([
    ['203.0.113.0/24', 'leave out "/24": write 203.0.113.0'],
    ['2001:db8::1/64', 'leave out "/64": write 2001:db8::1'],
    ['https://lb.example.com/', 'leave out "https://" and "/": write lb.example.com'],
    ['http://203.0.113.10:80/x', 'leave out "http://", "/x" and ":80": write 203.0.113.10'],
    ['lb.example.com:443', 'leave out ":443": write lb.example.com'],
    ['[2001:db8::1]:443', 'leave out ":443" and the brackets: write 2001:db8::1'],
    ['fe80::1%eth0', 'leave out "%eth0": write fe80::1'],
    ['admin:word@lb.example.com', 'leave out the user: write lb.example.com'],
    [' 203.0.113.10', 'leave out the blanks: write 203.0.113.10'],
    ['203.0.113.010', 'leave out the leading zeros: write 203.0.113.10'],
    ['LB.example.com', 'leave out the capitals: write lb.example.com'],
    ['lb.example.com.', 'leave out the dot at the end: write lb.example.com'],
    ['203.0.113.10,203.0.113.11', 'write a list: [203.0.113.10, 203.0.113.11]'],
    ['203.0.113.999', 'correct 999: no number of an IPv4 address is more than 255'],
    ['256.0.0.1:80', 'correct 256: no number of an IPv4 address is more than 255'],
    ['203.0.113', 'write four numbers with a dot between them, such as 203.0.113.10'],
    ['203..0.113', 'write four numbers with a dot between them, such as 203.0.113.10'],
    ['my_lb', 'copy the name as DNS has it: a hostname has no "_"'],
    ['*.example.com', 'name one host: a wildcard is no address'],
    ['2001:db8:::1', 'write an IPv6 address as up to eight groups of four hexadecimal digits, with "::" at most once'],
    ['', null],
    ['not an address', null],
  ])('is not %j: %s', (text, advice) => {
    expect(text).not.toMatch(addressPattern);
    expect(adviseOnAddress(text)).toBe(advice);
  });
});

describe('a range', () => {
  test.each(['198.51.100.0/24', '0.0.0.0/0', '198.51.100.7/32', '2001:db8::/32', '::/0', '::1/128'])(
    'is %s',
    (text) => {
      expect(text).toMatch(rangePattern);
    },
  );

  test.each([
    ['198.51.100.7', 'write 198.51.100.7/32'],
    ['2001:db8::1', 'write 2001:db8::1/128'],
    ['198.51.100.0/33', 'write 198.51.100.0/BITS, with 0 to 32 bits'],
    ['2001:db8::/129', 'write 2001:db8::/BITS, with 0 to 128 bits'],
    ['198.51.100.0/255.255.255.0', 'write 198.51.100.0/24'],
    ['https://198.51.100.0/24', 'leave out "https://": write 198.51.100.0/24'],
    ['198.051.100.0/24', 'leave out the leading zeros: write 198.51.100.0/24'],
    ['[2001:db8::]/32', 'leave out the brackets: write 2001:db8::/32'],
    ['198.51.100.0-198.51.100.9', 'write each range as ADDRESS/BITS, such as 198.51.100.0/24'],
    ['198.51.100.*', 'write each range as ADDRESS/BITS, such as 198.51.100.0/24'],
    ['999.51.100.0/24', 'correct 999: no number of an IPv4 address is more than 255'],
    ['10.0.0/8', 'write four numbers with a dot between them, such as 203.0.113.10'],
    ['lb.example.com', 'write the IP addresses of the host: a load balancer compares only these'],
    ['all', 'leave sourceRanges out: then everyone is allowed'],
    ['', null],
  ])('is not %j: %s', (text, advice) => {
    expect(text).not.toMatch(rangePattern);
    expect(adviseOnRange(text)).toBe(advice);
  });
});

describe('the URL of an API server', () => {
  test.each(['https://203.0.113.10:6443', 'https://[2001:db8::1]:6443', 'https://k8s.example.com', 'https://a:65535'])(
    'is %s',
    (text) => {
      expect(text).toMatch(serverPattern);
    },
  );

  test.each([
    ['203.0.113.10:6443', 'write https://203.0.113.10:6443'],
    ['k8s.example.com', 'write https://k8s.example.com'],
    ['http://203.0.113.10:6443', 'write https://203.0.113.10:6443: an API server is reached by https'],
    ['https://203.0.113.10:6443/', 'leave out "/": write https://203.0.113.10:6443'],
    ['https://203.0.113.10:6443/api', 'leave out "/api": write https://203.0.113.10:6443'],
    ['https://me:word@203.0.113.10', 'leave out the user: write https://203.0.113.10'],
    ['https://2001:db8::1', 'write https://[2001:db8::1]'],
    ['https://K8S.example.com.', 'leave out the dot at the end and the capitals: write https://k8s.example.com'],
    [' https://a', 'leave out the blanks: write https://a'],
    ['https://203.0.113.10:99999', 'write a port from 1 to 65535'],
    ['https://203.0.113.999:6443', 'correct 999: no number of an IPv4 address is more than 255'],
    ['https://my_server:6443', 'copy the name as DNS has it: a hostname has no "_"'],
    ['', null],
    ['https://', null],
  ])('is not %j: %s', (text, advice) => {
    expect(text).not.toMatch(serverPattern);
    expect(adviseOnServer(text)).toBe(advice);
  });
});
