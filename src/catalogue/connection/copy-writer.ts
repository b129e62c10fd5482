const signature = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
const trailer = -1;
const jsonbVersion = 1;
const elementTypes = { int4: { oid: 23, size: 4 }, uuid: { oid: 2950, size: 16 } } as const;

/**
 * Writes rows in PostgreSQL's binary COPY format, with header and trailer, into one growing buffer:
 * https://www.postgresql.org/docs/15/sql-copy.html#id-1.9.3.55.9.4
 */
export class CopyWriter {
  #buffer: Buffer<ArrayBuffer>;
  #size = 0;

  /** `capacity`: the expected number of bytes. A good guess saves copies. */
  constructor(capacity = 64 * 1024) {
    this.#buffer = Buffer.from(new ArrayBuffer(signature.length + capacity));
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

  /** Writes a smallint (2 bytes), an integer (4) or a bigint (8) from 0. */
  integer(value: number, size: 2 | 4 | 8): void {
    this.#reserve(4 + size);
    this.#size = this.#buffer.writeInt32BE(size, this.#size);
    if (size === 8) this.#size = this.#buffer.writeBigInt64BE(BigInt(value), this.#size);
    else this.#size = this.#buffer.writeUIntBE(value, this.#size, size);
  }

  /** Writes a bigint from its two halves of 32 bits. */
  halves(high: number, low: number): void {
    this.#reserve(12);
    this.#size = this.#buffer.writeInt32BE(8, this.#size);
    this.#size = this.#buffer.writeInt32BE(high, this.#size);
    this.#size = this.#buffer.writeUInt32BE(low, this.#size);
  }

  /** Writes an array that is not empty. `elements`: their bytes, one after another. */
  array(type: keyof typeof elementTypes, elements: Buffer): void {
    const { oid, size } = elementTypes[type];
    const count = elements.length / size;
    this.#reserve(24 + count * (4 + size));
    const [dimensions, hasNulls, lowerBound] = [1, 0, 1];
    for (const value of [20 + count * (4 + size), dimensions, hasNulls, oid, count, lowerBound])
      this.#size = this.#buffer.writeInt32BE(value, this.#size);
    for (let start = 0; start < elements.length; start += size) {
      this.#size = this.#buffer.writeInt32BE(size, this.#size);
      this.#size += elements.copy(this.#buffer, this.#size, start, start + size);
    }
  }

  text(text: string): void {
    this.#write(text, 0);
  }

  jsonb(json: string): void {
    this.#write(json, 1);
  }

  /** Writes a text. `version` 1: writes the version byte of jsonb before it. */
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
