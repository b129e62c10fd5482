import { describe, expect, test } from "vitest";
import { htmlWithoutPeople } from "../../src/privacy/html-without-people.ts";
import { recognisePeople } from "../../src/privacy/recognise-people.ts";

const mailbox: readonly (readonly [written: string, exported: string | null])[] = [
  ["<p>Accueil : 04 75 00 00 00, accueil@exemple.fr</p>", "<p>Accueil : 04 75 00 00 00, accueil@exemple.fr</p>"],
  ["<p>Mme Claire Dupont</p>", null],
  ["<p>Contact : Mme Claire Dupont, tél. 04 75 00 00 01, courriel : c.dupont@exemple.fr</p>", null],
  [
    "<p>Mme Claire Dupont, chargée de mission habitat<br>Tél. : 04 75 00 00 01<br>Courriel : habitat@exemple.fr</p>",
    "<p>Chargée de mission habitat<br>Courriel : habitat@exemple.fr</p>",
  ],
  [
    '<ul><li><strong>Claire DUPONT</strong> – <a href="mailto:claire.dupont@exemple.fr">claire.dupont@exemple.fr</a></li><li>Accueil : <a href="mailto:accueil@exemple.fr">accueil@exemple.fr</a></li></ul>',
    '<ul><li>Accueil : <a href="mailto:accueil@exemple.fr">accueil@exemple.fr</a></li></ul>',
  ],
  [
    '<p><strong>Direction des sports</strong><br>Claire Dupont – Tél : 04 75 00 00 01 – <a href="mailto:sports@exemple.fr">sports@exemple.fr</a></p>',
    '<p><strong>Direction des sports</strong><br><a href="mailto:sports@exemple.fr">sports@exemple.fr</a></p>',
  ],
  [
    "<p>Contacter Mme Claire Dupont au 04 75 00 00 01 ou par mail : habitat@exemple.fr.</p>",
    "<p>Contacter l’interlocuteur par mail : habitat@exemple.fr.</p>",
  ],
  ["<p>Votre interlocutrice est Mme Claire Dupont. Le bureau est ouvert le matin.</p>", "<p>Le bureau est ouvert le matin.</p>"],
  ["<p>Claire DUPONT (04 75 00 00 01) et Anne Martin (06 12 34 56 78), service des sports</p>", "<p>Service des sports</p>"],
  ["<p>Art &amp; culture, service des aides : Mme Dupont</p>", "<p>Art &amp; culture, service des aides</p>"],
  ["<p>Le service &lt;sports&gt;, M. Dupont</p>", "<p>Le service &lt;sports&gt;</p>"],
];

describe("the contact of an aid in exports", () => {
  test.each(mailbox)("mailbox: %s", (written, exported) => {
    const left = htmlWithoutPeople(written, "mailbox");
    expect(left).toBe(exported);
    expect(left === null ? [] : recognisePeople(left)).toEqual([]);
    expect(htmlWithoutPeople(left, "mailbox")).toBe(left);
  });

  test("keep changes nothing, leave-out returns null, and null stays null", () => {
    const written = "<p>Mme Claire Dupont</p>";
    expect(htmlWithoutPeople(written, "keep")).toBe(written);
    expect(htmlWithoutPeople("<p>accueil@exemple.fr</p>", "leave-out")).toBeNull();
    for (const policy of ["keep", "mailbox", "leave-out"] as const) expect(htmlWithoutPeople(null, policy)).toBeNull();
  });

  const repeated = [
    "par mail ",
    "Tél : ",
    "<br>",
    "M. Dupont, ",
    "M. Dupont habitat, ",
    "(",
    " – ",
    " ",
    "\n",
    ",",
    "<div>",
    "<a href='x'>",
    "auprès de ",
  ];
  test.each(repeated)("%j, repeated up to 30,000 characters, takes linear time", (piece) => {
    const before = process.cpuUsage();
    for (const length of [300, 30_000]) {
      const long = piece.repeat(length / piece.length);
      // After the words in a row, another word, so that they do not lead to the name.
      for (const end of ["", "x "]) htmlWithoutPeople(`<p>Mme Dupont ${long}${end}Mme Dupont</p>`, "mailbox");
    }
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6, "seconds of CPU").toBeLessThan(10);
  });
});
