/** Returns true if the client may reach this host (without brackets) on this port, even at a private address. */
export type HostAllowance = (host: string, port: number) => boolean;

const entryShape = /^(\[[^\]]+\]|[^:]+)(?::(\d{1,5}))?$/;

/**
 * Parses entries of the form `host`, `host:port` or `[::1]:8080`. Compares hosts in the form of the URL parser: lower case, punycode, no
 * trailing dot, and `127.0.0.1` for `127.1`. Ignores an unreadable entry.
 */
export function allowedHosts(entries: readonly string[]): HostAllowance {
  const allowed = new Set<string>();
  for (const entry of entries) {
    const [, written, port] = entryShape.exec(entry.trim()) ?? [];
    const host = written === undefined ? null : canonicalHost(written);
    if (host !== null) allowed.add(port === undefined ? host : `${host} ${Number(port)}`);
  }
  return (host, port) => {
    const canonical = canonicalHost(host);
    return canonical !== null && (allowed.has(canonical) || allowed.has(`${canonical} ${port}`));
  };
}

function canonicalHost(written: string): string | null {
  const bare = written.replace(/^\[|\]$/g, "");
  const address = `http://${bare.includes(":") ? `[${bare}]` : bare}/`;
  if (!URL.canParse(address)) return null;
  return new URL(address).hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
}
