/** A format of a text, such as bold or a link. */
interface Format {
  readonly tag: string;
  readonly markup: string;
  /** The same format was already open. */
  readonly isRepeated: boolean;
}

/** Maximum number of open formats. Further formats are ignored. */
const maxFormats = 40;

/**
 * Tracks the formats that the input wants, whose tags may open and close in any order, and the formats that are written, which nest. A
 * format is written before the next text and closed as late as possible, so `<b>a</b><b>b</b>` becomes one. Two links are never merged.
 */
export class InlineFormats {
  private readonly wanted: Format[] = [];
  private readonly written: Format[] = [];

  wantedCount(): number {
    return this.wanted.length;
  }

  isWanted(tag: string): boolean {
    return this.wanted.some((format) => format.tag === tag);
  }

  want(tag: string, markup: string): void {
    if (this.wanted.length >= maxFormats) return;
    this.wanted.push({ tag, markup, isRepeated: this.isWanted(tag) });
  }

  /** Ends the innermost wanted format of this tag. Returns its index, or -1. */
  unwant(tag: string): number {
    let index = this.wanted.length - 1;
    while (index >= 0 && this.wanted[index]?.tag !== tag) index--;
    if (index >= 0) this.wanted.splice(index, 1);
    return index;
  }

  /** Ends all wanted formats from this index on. */
  cutWanted(length: number): void {
    if (this.wanted.length > length) this.wanted.length = length;
  }

  /** Returns the closing tags of written formats that are no longer wanted, or that are wanted in another order. */
  closeUnwanted(): string {
    let kept = 0;
    for (const format of this.wanted) {
      if (format.isRepeated) continue;
      const open = this.written[kept];
      if (open === undefined || open.tag !== format.tag || (open.tag === "a" && open !== format)) break;
      kept++;
    }
    return this.closeTo(kept);
  }

  closeAll(): string {
    return this.closeTo(0);
  }

  /** Returns the opening tags of wanted formats that are not written. Call `closeUnwanted` first. */
  openMissing(): string {
    let tags = "";
    let place = 0;
    for (const format of this.wanted) {
      if (format.isRepeated) continue;
      if (place >= this.written.length) {
        tags += format.markup;
        this.written.push(format);
      }
      place++;
    }
    return tags;
  }

  private closeTo(kept: number): string {
    let tags = "";
    while (this.written.length > kept) tags += `</${this.written.pop()?.tag}>`;
    return tags;
  }
}
