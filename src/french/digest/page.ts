import type { Digest } from "../../model/run/digest.ts";
import { longDay } from "../moments.ts";
import { counted, french, sentence } from "../typography.ts";
import { bizdevSections, funnelLine, waitingSentence } from "./bizdev.ts";
import { expectedSentence } from "./expected.ts";
import type { DigestSection } from "./lines.ts";
import { nightSentence, periodSentence } from "./night.ts";
import { opsSections } from "./ops.ts";

/** The morning page as sentences, without layout. */
export interface DigestPage {
  readonly subject: string;
  readonly title: string;
  /** Expected and missing runs; null in old digests. */
  readonly expected: string | null;
  readonly period: string;
  readonly night: string;
  /** Open work of curators; null if nothing waits. */
  readonly waiting: string | null;
  /** Decisions left out because somebody postponed them; null without any. */
  readonly postponed: string | null;
  /** Number of items for each role; null if there is nothing to report. */
  readonly headline: string | null;
  readonly parts: readonly DigestPart[];
}

/** Sections for one role; empty if there is nothing to report. */
export interface DigestPart {
  readonly title: string;
  readonly sections: readonly DigestSection[];
}

/** Writes the sentences of the page. */
export function digestPage(digest: Digest): DigestPage {
  const ops = opsSections(digest);
  const bizdev = bizdevSections(digest.bizdev);
  const headline = headlineOf(ops, bizdev, digest.expected?.missing.length ?? 0);
  const day = longDay(digest.period.until);
  return {
    subject: french`Moisson, ${day} : ${headline ?? "rien à signaler"}`,
    title: `Moisson, ${day}`,
    expected: digest.expected === undefined ? null : expectedSentence(digest.expected),
    period: periodSentence(digest.period),
    night: nightSentence(digest.night),
    waiting: [waitingSentence(digest.bizdev), funnelLine(digest.bizdev)].filter((line) => line !== null).join(" ") || null,
    postponed: digest.postponed ? `${counted(digest.postponed, "décision reportée", "décisions reportées")}.` : null,
    headline: headline === null ? null : sentence(headline),
    parts: [
      { title: "Pour l’exploitation", sections: ops },
      { title: "Pour les partenariats", sections: bizdev },
    ],
  };
}

function headlineOf(ops: readonly DigestSection[], bizdev: readonly DigestSection[], missing: number): string | null {
  const [forOps, forBizdev] = [points(ops), points(bizdev)];
  if (forOps + forBizdev + missing === 0) return null;
  const parts = missing > 0 ? [counted(missing, "collecte manquante", "collectes manquantes")] : [];
  if (forOps > 0) parts.push(`${counted(forOps, "point")} pour l’exploitation`);
  if (forBizdev > 0) parts.push(`${forOps > 0 ? french`${forBizdev}` : counted(forBizdev, "point")} pour les partenariats`);
  return parts.join(", ");
}

function points(sections: readonly DigestSection[]): number {
  return sections.reduce((sum, { lines, left }) => sum + lines.length + left, 0);
}
