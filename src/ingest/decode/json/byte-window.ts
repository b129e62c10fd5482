/** A window on a document that arrives in chunks. Bytes from `start` on are kept. */
export class ByteWindow {
  bytes: Uint8Array = new Uint8Array(0);
  /** First byte that is still needed. */
  start = 0;
  /** Next byte to read. */
  position = 0;
  /** One past the last received byte. */
  end = 0;
  /** True after the last chunk. */
  isComplete = false;
  /** Bytes of the document before `bytes[0]`. */
  #before = 0;
  /** False while `bytes` is a chunk, which we must not write to. */
  #owned = false;

  /** Position of the next byte in the document, from 0. */
  get offset(): number {
    return this.#before + this.position;
  }

  /** Adds a chunk, without a copy if no earlier byte is needed. */
  push(chunk: Uint8Array): void {
    const kept = this.end - this.start;
    if (kept > 0 && this.#owned && this.end + chunk.length <= this.bytes.length) {
      this.bytes.set(chunk, this.end);
      this.end += chunk.length;
      return;
    }
    const before = this.bytes.subarray(this.start, this.end);
    this.#owned = kept > 0;
    this.bytes = chunk;
    if (this.#owned) {
      // Doubles the buffer, so that a long record in many chunks is not copied for each chunk.
      this.bytes = new Uint8Array(2 * (kept + chunk.length));
      this.bytes.set(before);
      this.bytes.set(chunk, kept);
    }
    this.#before += this.start;
    this.position -= this.start;
    this.start = 0;
    this.end = kept + chunk.length;
  }
}
