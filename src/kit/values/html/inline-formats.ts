/** Bold, link…: what the text that follows is to be written in. */
interface Format {
  readonly tag: string;
  readonly markup: string;
  /** The same format is already wanted. */
  readonly isRepeated: boolean;
}

/** More formats open at once are not of use to a reader; they are ignored, their text is kept. */
const mostFormats = 40;

/**
 * The formats that are wanted, as tags open and close in any order, and those that are written, which nest. A format is written when text comes for it,
 * and stays open as long as it may: `<b>a</b><b>b</b>` is one. Two links are never one.
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
    if (this.wanted.length >= mostFormats) return;
    this.wanted.push({ tag, markup, isRepeated: this.isWanted(tag) });
  }

  /** Ends the innermost wanted format of this tag; gives the place it had, -1 where there is none. */
  unwant(tag: string): number {
    const index = this.wanted.findLastIndex((format) => format.tag === tag);
    if (index >= 0) this.wanted.splice(index, 1);
    return index;
  }

  /** Ends all wanted formats from this place on. */
  cutWanted(length: number): void {
    if (this.wanted.length > length) this.wanted.length = length;
  }

  /** Closing tags of the written formats that are wanted no more, or not in this order. */
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

  /** Opening tags of the wanted formats that are not written; to be called when none is written that is not wanted. */
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
