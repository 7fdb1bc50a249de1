/** Whether the URL of an API server points to the machine that uses it: another machine would find something else there. */
export function isLoopback(server: string): boolean {
  // As a client reads it: 127.1 and 0x7f000001 are 127.0.0.1.
  const { hostname } = URL.canParse(server) ? new URL(server) : { hostname: '' };
  return /^(.+\.)?localhost\.?$|^127\.|^0\.0\.0\.0$|^\[::1?\]$|^\[::ffff:7f/.test(hostname);
}
