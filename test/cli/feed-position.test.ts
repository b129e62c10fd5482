import { expect, it } from "vitest";
import { readSince } from "../../src/cli/everyday/aids-changed-since.ts";
import { WrongUse } from "../../src/cli/exit.ts";

it.each([
  ["2026-11-25", "2026-11-24T23:00:00.000Z"],
  ["2026-07-14", "2026-07-13T22:00:00.000Z"],
  ["2026-11-25T03:00:00Z", "2026-11-25T03:00:00.000Z"],
  ["2026-11-25T03:00+01:00", "2026-11-25T02:00:00.000Z"],
  ["2026-11-25T03:00:00.123456z", "2026-11-25T03:00:00.123Z"],
])("%s is %s", (text, instant) => {
  expect(readSince(text)).toEqual({ from: new Date(instant) });
});

it.each(["3", "3f2a91c0", "3F2A91C0-11", "2026", "20261125", "3f2a91c0-1111-", "00000000-0000-4000-8000-000000000000"])(
  "%s is the beginning of a run's id",
  (text) => {
    expect(readSince(text)).toEqual({ run: text });
  },
);

it.each([
  "",
  " ",
  "hier",
  "25/11/2026",
  "2026-13-01",
  "2026-02-30",
  "2026-11-25T25:00:00Z",
  "2026-02-30T10:00:00Z",
  "2026-11-25T03:00:00",
  "%",
  "3f2a91c0x",
])("%j is neither a date nor a run", (text) => {
  expect(() => readSince(text)).toThrow(WrongUse);
});
