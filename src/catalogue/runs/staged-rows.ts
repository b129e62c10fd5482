import type { NewAid } from "../../model/plan/plan.ts";
import { storable, storableJson, storableText } from "../../model/text/storable.ts";
import { aidIdOf } from "../aids/aid-id.ts";

/** Columns of `staged_aids` in the order of `encodeStaged`. */
export const stagedColumns = "run_id, external_id, aid_id, locator, record_hash, fingerprint, content, memo";

const signature = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
const trailer = -1;
const jsonbVersion = 1;

/**
 * Returns valid aids as rows of `staged_aids` in PostgreSQL's binary COPY format
 * (https://www.postgresql.org/docs/15/sql-copy.html#id-1.9.3.55.9.4), with header and trailer.
 */
export function encodeStaged(runId: string, connector: string, aids: readonly NewAid[]): Uint8Array<ArrayBuffer> {
  const run = uuidBytes(runId);
  const rows = new CopyWriter();
  for (const { externalId, locator, recordHash, fingerprint, contentJson, memo } of aids) {
    const id = storableText(externalId);
    rows.startRow(8);
    rows.bytes(run);
    rows.text(id);
    rows.bytes(uuidBytes(aidIdOf(connector, id)));
    rows.text(storableText(locator));
    rows.text(recordHash);
    rows.text(fingerprint);
    rows.jsonb(storable(contentJson));
    rows.jsonb(storableJson(memo));
  }
  return rows.end();
}

function uuidBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll("-", ""), "hex");
}

/** Writes rows in the binary COPY format into one growing buffer. */
class CopyWriter {
  #buffer = Buffer.from(new ArrayBuffer(64 * 1024));
  #size = 0;

  constructor() {
    this.#size = signature.copy(this.#buffer);
  }

  startRow(fields: number): void {
    this.#reserve(2);
    this.#size = this.#buffer.writeInt16BE(fields, this.#size);
  }

  bytes(bytes: Uint8Array): void {
    this.#reserve(4 + bytes.length);
    this.#size = this.#buffer.writeInt32BE(bytes.length, this.#size);
    this.#buffer.set(bytes, this.#size);
    this.#size += bytes.length;
  }

  text(text: string): void {
    this.#write(text, 0);
  }

  jsonb(json: string): void {
    this.#write(json, 1);
  }

  /** Writes a text, after `version` bytes with the version of jsonb. */
  #write(text: string, version: 0 | 1): void {
    // A UTF-16 unit needs at most three bytes.
    this.#reserve(5 + text.length * 3);
    const start = this.#size + 4;
    if (version === 1) this.#buffer[start] = jsonbVersion;
    const written = version + this.#buffer.write(text, start + version, "utf8");
    this.#buffer.writeInt32BE(written, this.#size);
    this.#size = start + written;
  }

  /** Ends the rows. Returns them without a copy. */
  end(): Uint8Array<ArrayBuffer> {
    this.#reserve(2);
    this.#size = this.#buffer.writeInt16BE(trailer, this.#size);
    return new Uint8Array(this.#buffer.buffer, 0, this.#size);
  }

  #reserve(bytes: number): void {
    if (this.#size + bytes <= this.#buffer.length) return;
    const larger = Buffer.from(new ArrayBuffer(Math.max(this.#buffer.length * 2, this.#size + bytes)));
    this.#buffer.copy(larger, 0, 0, this.#size);
    this.#buffer = larger;
  }
}
