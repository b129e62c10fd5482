import type { Child } from "hono/jsx";
import { guardName } from "../../../french/guards.ts";
import { loosenable } from "../../../ingest/usual-form.ts";
import type { Connector } from "../../../kit/definition.ts";
import { holdingGuard } from "../../../model/plan/guard.ts";
import { ActForm, Select, SubmitButton, TextField } from "../../parts/form.tsx";

/** Renders the form that lets a path be missing, or a guard only warn. `chosen`: the preselected path or guard. */
export function LoosenForm(given: {
  readonly definition: Connector;
  readonly csrf: string;
  readonly chosen: string;
  readonly problem?: string;
}): Child {
  const { definition, csrf, chosen, problem } = given;
  const choices = loosenable(definition).map((value) => {
    const guard = holdingGuard(value);
    return guard === undefined ? { value, label: value, group: "Champs du flux" } : { value, label: guardName(guard), group: "Garde-fous" };
  });
  return (
    <section id="assouplir" class="fr-mt-4w">
      <h2>Assouplir</h2>
      <p>Si le flux change pour de bon, dites ce qui ne doit plus retenir les collectes. Elles avertiront encore.</p>
      <ActForm action={`/connecteurs/${definition.id}/flux/assouplir`} csrf={csrf} class="moisson-narrow">
        <Select name="sujet" label="Ce qui ne retiendra plus la collecte" choices={choices} value={chosen} empty="Choisir" />
        <TextField
          name="note"
          label="Pourquoi"
          hint="Par exemple : « ils ne publient plus de dates de clôture, Camille a appelé ». Chacun la verra ici."
          required
          maxlength={500}
          problem={problem}
        />
        <SubmitButton label="Assouplir" />
      </ActForm>
    </section>
  );
}
