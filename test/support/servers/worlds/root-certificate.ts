/** A root certificate, which is public. Nobody has its key. */
export const rootCertificate = [
  '-----BEGIN CERTIFICATE-----',
  'MIIBkjCCATmgAwIBAgIUfJNIHezfvKE/Ih0nPp0181nxr6kwCgYIKoZIzj0EAwIw',
  'HjENMAsGA1UECgwEdGVzdDENMAsGA1UEAwwEcm9vdDAgFw0yNjExMjgxNzE0NTRa',
  'GA8yMTI2MTEwNDE3MTQ1NFowHjENMAsGA1UECgwEdGVzdDENMAsGA1UEAwwEcm9v',
  'dDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABIFa7LQmwYqw5+9Wkbtyp4yGC9wx',
  'gXJi2QFvsTw1geYj02LnM5GsjVA1cwu3TFOwMoMqm0XTntZuUycq/xLmsqqjUzBR',
  'MB0GA1UdDgQWBBTMVDqAp9vhc6Sp59sJjpsXcZy74jAfBgNVHSMEGDAWgBTMVDqA',
  'p9vhc6Sp59sJjpsXcZy74jAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cA',
  'MEQCIBFQqbQjCGPs8iTDb1NnBf6LHwWqQ3Q/uUEqsu29twMkAiAPpuW2EUmjKFeE',
  '7B51vtY3UsQ0tE6g9LdmpQAz48EIBQ==',
  '-----END CERTIFICATE-----',
  '',
].join('\n');
