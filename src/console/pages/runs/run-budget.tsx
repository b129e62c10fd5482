import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import { type BudgetName, budgetNames } from "../../../model/run/run-budget.ts";
import type { RunReport } from "../../../model/run/run-report.ts";
import { formatNumber, Table } from "../../parts/table.tsx";

const names: Readonly<Record<BudgetName, string>> = {
  seconds: "Durée, en secondes",
  cpuSeconds: "Temps de calcul, en secondes",
  downloadMegabytes: "Volume téléchargé, en Mo",
  decodedMegabytes: "Volume décompressé, en Mo",
  pages: "Pages",
  records: "Enregistrements",
  rejects: "Rejets",
  memoryMegabytes: "Mémoire pour cette collecte, en Mo",
};

/** Renders what a run used of its budget. Reports of earlier versions do not say it. */
export function RunBudget({ report: { budget } }: { readonly report: RunReport }): Child {
  if (budget === undefined) return null;
  return (
    <section>
      <h2 class="fr-mt-4w">Ressources</h2>
      <Table
        caption="Ressources que la collecte a consommées"
        isCaptionHidden
        head={[
          { title: "Ressource", isRowTitle: true },
          { title: "Consommé", isNumber: true },
          { title: "Au plus", isNumber: true },
        ]}
        rows={budgetNames.flatMap((name) => {
          const use = budget[name];
          return use === undefined ? [] : [[names[name], formatNumber(use.used), formatNumber(use.limit)]];
        })}
      />
      <RejectsNotKept report={{ budget }} />
    </section>
  );
}

/** Says that only the first rejected records are stored, if the run rejected more. */
export function RejectsNotKept({ report }: { readonly report: Pick<RunReport, "budget"> | null }): Child {
  const rejects = report?.budget?.rejects;
  if (rejects === undefined || rejects.used <= rejects.limit) return null;
  return (
    <p>{french`Seuls les ${rejects.limit} premiers rejets sont conservés, sur ${rejects.used} ; les autres sont seulement comptés.`}</p>
  );
}
