/** Waits for the work at most `milliseconds`; then returns what `late` returns, or throws what it throws. The work goes on. */
export async function inTime<T, Late>(work: Promise<T>, milliseconds: number, late: () => Late): Promise<T | Late> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  return Promise.race([work, limit.then(late)]).finally(() => clearTimeout(timer));
}
