import type { Page } from "playwright-core";

/** Counts what a page loads beside the design system, which is kept by browsers for ever: the document, our own files. In bytes, as they were before compression. */
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
