import { describe, expect, it } from "vitest";
import { multiplied } from "./real-files.ts";

const columns = { identifier: "id", changed: "text" };

describe("multiplied", () => {
  const records = [
    { id: "a", text: "un" },
    { id: 7, text: "deux" },
  ];

  it("gives every copy an identifier of its own, of the same type", () => {
    const all = [...multiplied(columns, records, 5)];
    expect(all.map(({ id }) => id)).toEqual(["a-0", 7, "a-1", 10_000_007, "a-2", 20_000_007]);
    expect(all.map(({ text }) => text)).toEqual(["un", "deux", "un", "deux", "un", "deux"]);
  });

  it("changes the text of one record in fifty in version 1", () => {
    const changed = [...multiplied(columns, records, 200, 1)].filter(({ text }) => String(text).endsWith(" (2)"));
    expect(changed).toHaveLength(4);
  });
});
