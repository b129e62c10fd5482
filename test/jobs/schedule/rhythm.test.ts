import { describe, expect, it } from "vitest";
import { scheduleMessage } from "../../../src/french/connectors.ts";
import { lastWorkingMorning } from "../../../src/jobs/schedule/last-working-morning.ts";
import { fileDueAt, patternOf } from "../../../src/jobs/schedule/pattern.ts";
import { checkConnector } from "../../../src/registry/check-connector.ts";
import { soundConnector } from "../../support/sound-connector.ts";

describe("a connector whose feed is delivered as a file", () => {
  const rhythm = { everyDays: 90 };

  it("has no schedule and cannot get one", () => {
    expect(patternOf({ id: "mairie-exemple", state: "active", rhythm })).toBeNull();
    expect(checkConnector(soundConnector({ rhythm }))).toHaveProperty("connector");
    expect(checkConnector(soundConnector({ rhythm, schedule: "0 4 * * *" }))).toEqual({
      problems: [{ key: "rhythm", message: "a connector that is fed by hand has no schedule" }],
    });
  });

  it("expects a file so many days after the last one", () => {
    const last = new Date("2026-08-27T10:00:00Z");
    expect(fileDueAt({ state: "active", rhythm }, last)).toEqual(new Date("2026-11-25T10:00:00Z"));
    expect(fileDueAt({ state: "active", rhythm }, null)).toEqual(new Date(0));
    expect(fileDueAt({ state: "paused", rhythm }, null)).toBeNull();
    expect(fileDueAt({ state: "active", rhythm: undefined }, null)).toBeNull();
  });
});

describe("the last working morning", () => {
  it.each([
    ["2026-11-26T08:00:00Z", "2026-11-25T08:00:00.000Z"], // Thursday
    ["2026-11-26T03:00:00Z", "2026-11-25T08:00:00.000Z"],
    ["2026-11-23T09:30:00Z", "2026-11-20T08:00:00.000Z"], // Monday
    ["2026-11-22T09:30:00Z", "2026-11-20T08:00:00.000Z"], // Sunday
    ["2026-03-30T07:30:00Z", "2026-03-27T08:00:00.000Z"], // Monday after the clocks changed
  ])("of %s was %s", (now, morning) => expect(lastWorkingMorning(new Date(now)).toISOString()).toBe(morning));
});

describe("a schedule in words", () => {
  it.each([
    ["15 4 * * *", "chaque jour à 4 h 15"],
    ["0 2 * * 1-5", "du lundi au vendredi à 2 h 00"],
    ["5 6 * * 1,4", "chaque lundi et jeudi à 6 h 05"],
    ["0 5 1 * *", "le 1er de chaque mois à 5 h 00"],
    ["0 8,20 * * *", "chaque jour à 8 h 00 et 20 h 00"],
    ["30 */6 * * *", "chaque jour toutes les 6 heures, à la minute 30"],
    ["*/5 1 1-7 * 3", "selon la règle « */5 1 1-7 * 3 »"],
  ])("%s is %s", (pattern, said) => expect(scheduleMessage(pattern).replace(/[\u00a0\u202f]/g, " ")).toBe(said));
});
