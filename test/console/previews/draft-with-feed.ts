import type { ConsoleClient } from "../../support/console-client.ts";

const feed = [
  "id;titre;texte;fin;public;lien;contact",
  "A1;Rénover une salle des fêtes;<p>Pour les <b>communes</b>.</p><script>alert(1)</script>;31/12/2027;Communes;https://www.example.org/a1;Service des communes, aides@region.example. M. Jean Dupont, jean.dupont@region.example, 06 12 34 56 78",
  "A2;Planter des haies;<p>Pour tous.</p>;31/02/2028;Associations;https://www.example.org/a2;Service de l’eau",
].join("\n");

let drafts = 0;

/** A draft with its file. */
export async function draftWithFeed(client: ConsoleClient): Promise<{ readonly id: string; readonly path: string }> {
  const begin = await client.post("/brouillons", { nom: "Région Bretagne" });
  const path = (begin.to ?? "").replace(/\/producteur$/, "");
  const who = {
    nom: "Région Bretagne",
    nature: "region",
    territoire: "Bretagne",
    licence: "openlicence20",
    connecteur: `region-bretagne-${++drafts}`,
  };
  await client.post(`${path}/producteur`, who);
  await client.post(`${path}/flux`, { fichier: new File([feed], "aides.csv") });
  return { id: path.replace("/brouillons/", ""), path };
}
