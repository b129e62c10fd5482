/** Forms of so many bytes hold a file, which is in memory until it is kept: of them few are read at once, and the others wait, unread. */
const largeFrom = 10_000_000;
const mostAtOnce = 3;

let going = 0;
const waiting: (() => void)[] = [];

/** Does something with the form of a request, when its turn has come. `most`: bytes that this form may have. */
export async function fewAtOnce<T>(request: Request, most: number, work: () => Promise<T>): Promise<T> {
  const announced = request.headers.get("content-length");
  if (Math.min(most, announced === null ? most : Number(announced)) < largeFrom) return work();
  if (going < mostAtOnce) going += 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) going -= 1;
    else next();
  }
}
