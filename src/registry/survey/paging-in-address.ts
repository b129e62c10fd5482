import type { PagingInput } from "./survey.ts";

const limits = ["limit", "rows", "per_page", "pagesize", "page_size", "size", "take", "top"];
const offsets = ["offset", "start", "skip", "from"];
const pages = ["page", "pagenumber", "page_number", "p"];

/** Derives the pagination from the parameters in the first page's address, or returns null. */
export function pagingInAddress(address: string): PagingInput | null {
  if (!URL.canParse(address)) return null;
  const parameters = [...new URL(address).searchParams];
  const named = (names: readonly string[]) =>
    parameters.find(([name, value]) => names.includes(name.toLowerCase().replace(/^\$/, "")) && /^\d+$/.test(value));
  const limit = named(limits);
  const offset = named(offsets);
  const page = named(pages);
  const pageSize = limit === undefined || Number(limit[1]) < 1 ? undefined : Number(limit[1]);
  if (limit !== undefined && pageSize !== undefined && page === undefined) {
    return { kind: "offset", limitParameter: limit[0], offsetParameter: offset?.[0] ?? "offset", pageSize };
  }
  if (page === undefined) return null;
  return {
    kind: "page",
    pageParameter: page[0],
    firstPage: Number(page[1]) === 0 ? 0 : 1,
    ...(limit !== undefined && pageSize !== undefined && { sizeParameter: limit[0], pageSize }),
  };
}
