/** Returns true if this host (without brackets) may be reached on this port although its address is private. */
export type HostAllowance = (host: string, port: number) => boolean;

const entryShape = /^(\[[^\]]+\]|[^:]+)(?::(\d{1,5}))?$/;

/**
 * Parses entries `host`, `host:port`, `[::1]:8080`. Hosts compare in the URL parser's form: lower case, punycode, `127.1` as `127.0.0.1`,
 * no trailing dot. An unreadable entry allows nothing.
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
