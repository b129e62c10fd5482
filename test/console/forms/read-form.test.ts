import { describe, expect, it } from "vitest";
import { BodyTooLarge, readForm } from "../../../src/console/forms/read-form.ts";
import { CannotDo } from "../../../src/console/refusals.ts";

const urlencoded = "application/x-www-form-urlencoded";
const megabyte = 1_000_000;

/** Reads a form with this body, at most 20 MB. */
function read(body: string | FormData | Uint8Array<ArrayBuffer>, contentType?: string, maxBytes = 20 * megabyte) {
  const { headers, body: stream } = new Response(body, contentType === undefined ? {} : { headers: { "content-type": contentType } });
  return readForm({ headers, body: stream, maxBytes });
}

/** A multipart body with this part, repeated. */
function parts(part: string, times: number): { readonly body: Uint8Array<ArrayBuffer>; readonly type: string } {
  return { body: Buffer.from(`${`--x\r\n${part}\r\n`.repeat(times)}--x--\r\n`), type: "multipart/form-data; boundary=x" };
}

const field = 'Content-Disposition: form-data; name="a"\r\n\r\n1';

describe("a form", () => {
  it("gives the last value, all values and the names of its fields, with plain line ends", async () => {
    const form = await read("nom=A&nom=+B%0D%0AC+&vide=&caf%C3%A9=%E2%9C%93&seul&__proto__=x", urlencoded);
    expect([form.text("nom"), form.all("nom"), form.text("café"), form.text("absent"), form.file("nom")]).toEqual([
      "B\nC",
      ["A", "B\nC"],
      "✓",
      "",
      null,
    ]);
    expect(form.names()).toEqual(["nom", "vide", "café", "seul", "__proto__"]);
    expect([form.has("vide"), form.has("seul"), form.has("constructor")]).toEqual([true, true, false]);
  });

  it("with a file keeps its name, type and bytes; a field without a file is null", async () => {
    const bytes = new Uint8Array(300_000).map((_, at) => at % 251);
    const sent = new FormData();
    sent.append("flux", new File([bytes], "aides d’été.xlsx", { type: "application/zip" }));
    sent.append("autre", new File([], ""));
    sent.append("titre", "Été");
    const form = await read(sent);
    const file = form.file("flux");
    expect([file?.name, file?.type, form.text("titre"), form.file("autre")]).toEqual(["aides d’été.xlsx", "application/zip", "Été", null]);
    expect(Buffer.from((await file?.arrayBuffer()) ?? new ArrayBuffer(0)).equals(bytes)).toBe(true);
  });

  it.each([
    ["of another type", "{}", "application/json"],
    ["without a type", "a=1", undefined],
    ["without a boundary", "--x", "multipart/form-data"],
    ["that ends early", '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1', "multipart/form-data; boundary=x"],
  ])("%s has no fields", async (_, body, type) => {
    expect((await read(body, type)).names()).toEqual([]);
  });
});

describe("a hostile form", () => {
  it("beyond its limit of bytes is refused, also without an announced length", async () => {
    await expect(read("a=3456789012", urlencoded, 10)).rejects.toThrow(BodyTooLarge);
  });

  it("with more than 200 parts or 10,000 fields is refused; with as many, it is read", async () => {
    const most = parts(field, 200);
    expect((await read(most.body, most.type)).all("a")).toHaveLength(200);
    expect((await read("a&".repeat(10_000).slice(0, -1), urlencoded)).all("a")).toHaveLength(10_000);
    const more = parts(field, 201);
    await expect(read(more.body, more.type)).rejects.toThrow(CannotDo);
    await expect(read("a&".repeat(10_001), urlencoded)).rejects.toThrow(CannotDo);
  });

  it.each([
    ["parts without a name", parts("\r\n", 1_000_000)],
    ["parts without a value", parts('Content-Disposition: form-data; name="a"\r\n\r\n', 300_000)],
    ["empty files", parts('Content-Disposition: form-data; name="a"; filename="f"\r\n\r\n', 300_000)],
    ["fields without a value", { body: "a&".repeat(5 * megabyte), type: urlencoded }],
  ])("of many %s is refused after its first bytes", async (_, { body, type }) => {
    const bytes = Buffer.from(body);
    let sent = 0;
    const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull(controller) {
        controller.enqueue(bytes.subarray(sent, sent + 64_000));
        sent += 64_000;
        if (sent >= bytes.length) controller.close();
      },
    });
    const headers = new Headers({ "content-type": type });
    await expect(readForm({ headers, body: stream, maxBytes: 20 * megabyte })).rejects.toThrow(CannotDo);
    expect(sent).toBeLessThan(megabyte);
    expect(bytes.length).toBeGreaterThan(5 * megabyte);
  });

  it("with a long name is refused, not shortened", async () => {
    await expect(read(`${"n".repeat(2000)}=1`, urlencoded)).rejects.toThrow(CannotDo);
  });

  it("lets others be served while it is read", async () => {
    const reading = { done: false };
    const form = read(`a=${"x".repeat(10 * megabyte)}`, urlencoded).finally(() => {
      reading.done = true;
    });
    let turns = 0;
    for (; !reading.done; turns++) await new Promise((next) => setImmediate(next));
    expect((await form).text("a")).toHaveLength(10 * megabyte);
    expect(turns).toBeGreaterThan(100);
  });
});
