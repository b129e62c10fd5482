/** Returns true if `Accept-Encoding` allows gzip. */
export function acceptsGzip(accepted: string | null | undefined): boolean {
  const codings = new Map(
    (accepted ?? "").split(",").map((coding) => {
      const [name = "", ...parameters] = coding
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const quality = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
      return [name, quality === undefined ? 1 : Number(quality)] as const;
    }),
  );
  return (codings.get("gzip") ?? codings.get("x-gzip") ?? codings.get("*") ?? 0) > 0;
}
