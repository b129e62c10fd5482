import { describe, expect, it, onTestFinished } from "vitest";
import type { SampleRequest } from "../../../../src/survey/sample/sample-request.ts";
import { SampleThread } from "../../../../src/survey/sample/sample-thread.ts";

const ask = (name: string): SampleRequest => ({
  file: { path: `/nowhere/${name}`, name, contentType: null, bytes: 1 },
  records: null,
  address: null,
  reading: null,
  timeZone: "Europe/Paris",
  folders: [],
  termsVersion: "",
  options: null,
  choices: {},
  definition: null,
  terms: null,
  previews: false,
});

describe("analyses of samples that wait for each other", () => {
  it("are shared if they are equal, and limited in number, so that reloading a heavy page does not block others", async () => {
    const thread = new SampleThread({ timeoutMs: 1, maxMemoryMb: 64, maxQueued: 2 });
    onTestFinished(() => thread.close());
    const first = thread.look(ask("a"));
    expect(thread.look(ask("a"))).toBe(first);
    const second = thread.look(ask("b"));
    await expect(thread.look(ask("c"))).rejects.toMatchObject({ status: 503 });
    await Promise.allSettled([first, second]);
    await expect(thread.look(ask("c"))).rejects.toMatchObject({ status: 422 });
  });
});
