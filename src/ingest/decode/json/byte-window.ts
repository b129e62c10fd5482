/** Bytes of a document that come in chunks; what is kept from `start` on stays until it is moved. */
export class ByteWindow {
  bytes: Uint8Array = new Uint8Array(0);
  /** First byte that is still needed. */
  start = 0;
  /** Next byte to be read. */
  position = 0;
  /** One past the last byte that has come. */
  end = 0;
  /** True when nothing more will come. */
  isComplete = false;
  /** Bytes of the document before `bytes[0]`. */
  #before = 0;
  /** False while `bytes` is a chunk, which is not ours to write in. */
  #owned = false;

  /** Where the next byte stands in the document, from 0. */
  get offset(): number {
    return this.#before + this.position;
  }

  /** Adds a chunk; it is taken as it is where nothing before it is needed. */
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
      // Room by doubling: a long record that comes in many chunks is not copied at each.
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
