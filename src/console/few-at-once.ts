import type { UnreadForm } from "./route.ts";
import { receiveWhole } from "./uploads/receive-whole.ts";

/** Forms of so many bytes hold a file, which is in memory until it is kept: of them few are read at once, and the others wait, on the disk. */
const largeFrom = 10_000_000;
const mostAtOnce = 3;

let going = 0;
const waiting: (() => void)[] = [];

/** Does something with a form, when its turn has come. */
export async function fewAtOnce<T>(form: UnreadForm, work: (form: UnreadForm) => Promise<T>): Promise<T> {
  const announced = form.headers.get("content-length");
  if (Math.min(form.maxBytes, announced === null ? form.maxBytes : Number(announced)) < largeFrom) return work(form);
  return receiveWhole(form, async (whole) => {
    if (going < mostAtOnce) going += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work(whole);
    } finally {
      const next = waiting.shift();
      if (next === undefined) going -= 1;
      else next();
    }
  });
}
