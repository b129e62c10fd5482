import { describe, expect, it } from "vitest";
import { troubleSentence } from "../../src/french/letters/letter.ts";
import type { Trouble } from "../../src/model/letter/letter.ts";

const said = (trouble: Omit<Trouble, "day">) =>
  troubleSentence({ day: "2026-11-27", ...trouble })
    .replace(/[\u00a0\u202f]/g, " ")
    .replace("Depuis le 27 novembre 2026, nous ne réussissons plus à lire vos données : ", "");

describe("why a feed cannot be read, as its publisher reads it", () => {
  it.each<[string, Omit<Trouble, "day">]>([
    [
      "le certificat de sécurité de votre serveur n’est pas accepté : certificat expiré.",
      { outcome: "unreachable", code: "tls-failed", params: { reason: "CERT_HAS_EXPIRED" } },
    ],
    [
      "votre serveur refuse notre demande (404, « page introuvable »).",
      { outcome: "refused", code: "http-refused", params: { status: 404 } },
    ],
    ["votre serveur répond par une erreur (520).", { outcome: "unreachable", code: "server-busy", params: { status: 520 } }],
    ["ce que votre serveur envoie n’est pas, ou plus, le fichier attendu.", { outcome: "unreadable", code: "malformed" }],
    ["votre serveur ne répond pas, ou pas jusqu’au bout.", { outcome: "unreachable" }],
  ])("%s", (sentence, trouble) => {
    expect(said(trouble)).toBe(sentence);
  });

  it("does not quote a cause in the words of a library", () => {
    const reason = "connect EFOO 10.0.0.3:443";
    expect(said({ outcome: "unreachable", code: "connection-failed", params: { reason } })).toBe(
      "la connexion à votre serveur est impossible.",
    );
  });
});
