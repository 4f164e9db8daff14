/** Returns the ports of the demo's parts, side by side from the port of the screens on. */
export function portsFrom(renkei: number) {
  return { renkei, sandbox: renkei + 1, smtp: renkei + 2, mailbox: renkei + 3 };
}
