/** Kind of a file by its first bytes; `text` for anything else. */
export type FileKind = "gzip" | "zip" | "ole" | "pdf" | "rar" | "7z" | "text";

const signatures: readonly (readonly [FileKind, readonly number[]])[] = [
  ["gzip", [0x1f, 0x8b, 0x08]],
  ["zip", [0x50, 0x4b, 0x03, 0x04]],
  // An empty archive.
  ["zip", [0x50, 0x4b, 0x05, 0x06]],
  // Microsoft's compound files: .xls, and workbooks with a password.
  ["ole", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ["pdf", [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ["rar", [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ["7z", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
];

/** Returns the kind of a file by its signature, ignoring its name. */
export function fileKind(head: Uint8Array): FileKind {
  for (const [kind, signature] of signatures) if (signature.every((byte, index) => head[index] === byte)) return kind;
  return "text";
}
