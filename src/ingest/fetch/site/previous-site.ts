import { type FileHandle, open } from "node:fs/promises";
import { type ArchivedList, type CheckedPage, type FailedPage, siteLines } from "../../../model/run/site-archive.ts";
import { openFile } from "../../../platform/open-file.ts";

/** The last archive of a site, with the places of its pages in the file. */
export class PreviousSite {
  readonly lists: ArchivedList[] = [];
  readonly failed = new Map<string, FailedPage>();
  readonly checked = new Map<string, CheckedPage>();
  readonly #pages = new Map<string, { readonly start: number; readonly length: number }>();

  private constructor(private readonly file: FileHandle) {}

  /** Opens an archive. The caller closes it. Throws `FeedUnreadable` if it is damaged. */
  static async open(path: string): Promise<PreviousSite> {
    const site = new PreviousSite(await open(path, "r"));
    try {
      for await (const { line, start, length } of siteLines(openFile(path))) {
        if ("list" in line) site.lists.push(line.list);
        else if ("failed" in line) site.failed.set(line.failed.url, line.failed);
        else if ("page" in line) site.#pages.set(line.page.url, { start, length });
        else if ("checked" in line) site.checked.set(line.checked.url, line.checked);
      }
      return site;
    } catch (error) {
      await site.close();
      throw error;
    }
  }

  /** Lists the addresses of the pages, in the order of the archive. */
  get urls(): string[] {
    return [...this.#pages.keys()];
  }

  has(url: string): boolean {
    return this.#pages.has(url);
  }

  /** Returns the line of a page with its line break. */
  async line(url: string): Promise<Uint8Array> {
    const place = this.#pages.get(url);
    if (place === undefined) throw new Error(`the archive has no page ${url}`);
    const bytes = Buffer.alloc(place.length + 1, 10);
    await this.file.read(bytes, 0, place.length, place.start);
    return bytes;
  }

  close(): Promise<void> {
    return this.file.close();
  }
}
