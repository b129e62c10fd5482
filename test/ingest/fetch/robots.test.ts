import { describe, expect, it } from "vitest";
import { readRobots } from "../../../src/ingest/fetch/site/robots-rules.ts";

const at = (path: string) => new URL(path, "https://www.exemple.fr");

describe("robots.txt (RFC 9309)", () => {
  it.each([
    // Examples of the RFC: the most specific match, the dollar sign, the star, escapes.
    ["User-agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/", "/image.gif", false],
    ["User-agent: *\nDisallow: *.gif$", "/image.gif?x=1", true],
    ["User-agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/disallowed.gif", false],
    ["User-agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/other.gif", true],
    ["User-agent: *\nDisallow: /a\nAllow: /a", "/a", true],
    ["User-agent: *\nDisallow: /foo/bar?baz=quz", "/foo/bar?baz=quz", false],
    ["User-agent: *\nDisallow: /foo/bar/\u30c4", "/foo/bar/%E3%83%84", false],
    ["User-agent: *\nDisallow: /foo/bar/%62%61%7A", "/foo/bar/baz", false],
    ["User-agent: *\nDisallow: /*/fiche*.pdf$", "/aides/fiche-1.pdf", false],
    ["User-agent: *\nDisallow: /*/fiche*.pdf$", "/aides/fiche-1.pdf.html", true],
    // Groups.
    ["User-agent: *\nDisallow: /\n\nUser-agent: Moisson/1.0\nDisallow: /prive", "/aides", true],
    ["User-agent: *\nDisallow: /\n\nUser-agent: Moisson/1.0\nDisallow: /prive", "/prive", false],
    ["User-agent: moisson\nUser-agent: autre\nDisallow: /a\n\nUser-agent: MOISSON\nDisallow: /b", "/b", false],
    ["User-agent: autre\nDisallow: /", "/aides", true],
    ["Disallow: /", "/aides", true],
    ["User-agent: *\nDisallow:", "/aides", true],
    ["\ufeffUser-agent: *\r\nDisallow: / # tout\r\n", "/aides", false],
    ["User-agent: *\nDisallow: /", "/robots.txt", true],
    ["<!doctype html><title>Page introuvable</title>", "/aides", true],
  ])("%j on %s", (text, path, allowed) => {
    expect(readRobots(text).allows(at(path))).toBe(allowed);
  });

  it("has the longest of our delays", () => {
    expect(readRobots("User-agent: *\nCrawl-delay: 2,5\nDisallow:").delaySeconds).toBe(2.5);
    expect(readRobots("User-agent: autre\nCrawl-delay: 9").delaySeconds).toBeNull();
    expect(readRobots("User-agent: *\nCrawl-delay: often").delaySeconds).toBeNull();
  });

  it.each(["x ", " ", "#"])("takes linear time for a line of 200,000 characters (%j)", (piece) => {
    const before = process.cpuUsage();
    readRobots(`User-agent: *\nDisallow: /${piece.repeat(200_000 / piece.length)}x`);
    expect(process.cpuUsage(before).user / 1e6, "seconds of CPU").toBeLessThan(1);
  });

  it("takes linear time for patterns of many stars", () => {
    const started = performance.now();
    readRobots(`User-agent: *\nDisallow: /${"*a".repeat(2000)}$`).allows(at(`/${"a".repeat(1900)}b`));
    expect(performance.now() - started).toBeLessThan(500);
  });
});
