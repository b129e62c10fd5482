// A client that walks by `next`, in a thread of its own as it would be on a machine of its own: `workerData` is where it starts, its message what it found.
import { parentPort, workerData } from "node:worker_threads";

const seen = new Set();
const begin = performance.now();
let [bytes, count] = [0, 0];
for (let next = workerData; next !== null; ) {
  const text = await (await fetch(next)).text();
  bytes += text.length;
  const page = JSON.parse(text);
  for (const { id } of page.results) seen.add(id);
  [count, next] = [page.count, page.next];
}
parentPort?.postMessage({ aids: seen.size, count, bytes, seconds: (performance.now() - begin) / 1000 });
