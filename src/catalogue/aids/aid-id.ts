import { createHash } from "node:crypto";

/** Namespace of all aid ids. Never change it: two catalogues with the same history must have the same ids. */
const namespace = Buffer.from("6f1f0d1c5b0e4a5f9a3e6d6f69737373", "hex");

/**
 * Returns the permanent id of an aid: UUIDv5 (RFC 9562) of `<connector>/<externalId>`. If another aid already has that id, use `attempt` 2,
 * 3…, which adds `#2`, `#3`… to the name.
 */
export function aidIdOf(connector: string, externalId: string, attempt = 1): string {
  const name = `${connector}/${externalId}${attempt > 1 ? `#${attempt}` : ""}`;
  const bytes = createHash("sha1").update(namespace).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
