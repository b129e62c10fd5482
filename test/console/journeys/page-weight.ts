import type { Page } from "playwright-core";

/** Counts the uncompressed bytes that a page loads: the document and our own files, without the design system, which browsers cache. */
export function weighed(page: Page): { bytes(): Promise<number>; reset(): void } {
  let loads: Promise<number>[] = [];
  page.on("response", (response) => {
    if (new URL(response.url()).pathname.startsWith("/dsfr/") || response.status() >= 300) return;
    loads.push(
      response.body().then(
        (body) => body.length,
        () => 0,
      ),
    );
  });
  return {
    bytes: async () => (await Promise.all(loads)).reduce((sum, one) => sum + one, 0),
    reset: () => {
      loads = [];
    },
  };
}
