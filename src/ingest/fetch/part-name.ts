/**
 * Returns the name of a part, used for its extension: the file name in Content-Disposition, else the last segment of the address. Never
 * used as a path, but reduced to its last segment anyway.
 */
export function partName(url: URL, contentDisposition: string | undefined): string {
  const given = contentDisposition === undefined ? null : fileNameOf(contentDisposition);
  return cleaned(given ?? "") || cleaned(decoded(url.pathname)) || "feed";
}

function fileNameOf(contentDisposition: string): string | null {
  const extended = /filename\*\s*=\s*[\w-]*'[^']*'([^;\s]+)/i.exec(contentDisposition)?.[1];
  if (extended !== undefined) return decoded(extended);
  const plain = /filename\s*=\s*(?:"([^"]*)"|([^;\s]+))/i.exec(contentDisposition);
  return plain?.[1] ?? plain?.[2] ?? null;
}

function cleaned(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  return last
    .replace(/\p{Cc}/gu, "")
    .trim()
    .slice(-200);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
