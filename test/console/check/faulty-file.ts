/** A handwritten file in the encoding of an old Excel, with typical mistakes. */
const rows = [
  "identifiant;titre;description;date de clôture;publics;lien;contact",
  "A1;Rénover les écoles;Le département aide à rénover.;31/12/2027;Communes;https://www.example.org/a1;Service des écoles",
  "A2;Planter des haies;Pour les haies bocagères.;31/02/2027;Communes;https://www.example.org/a2;Service de l’eau",
  "A3;;Aide sans titre.;30/06/2027;Communes;https://www.example.org/a3;Service de l’eau",
  "A1;Encore la première;Même identifiant.;30/06/2027;Communes;https://www.example.org/a1b;Service de l’eau",
  '"=1+1";Étudier la forêt;Études préalables.;30/09/2027;Associations;voir le site;Service forêt',
];

/** Letters of Windows-1252 that Latin-1 lacks. */
const windows: Readonly<Record<string, number>> = { "’": 0x92, œ: 0x9c, "€": 0x80 };

/** The file's bytes. */
export function faultyBytes(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([...`${rows.join("\r\n")}\r\n`].map((letter) => windows[letter] ?? letter.charCodeAt(0)));
}

/** Returns the file as a form sends it. */
export function faultyFile(name = "aides.csv"): File {
  return new File([faultyBytes()], name);
}
