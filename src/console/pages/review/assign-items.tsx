import type { Child } from "hono/jsx";
import { isUuid } from "../../../catalogue/store.ts";
import { fieldOfChange } from "../../../curation/decide-answer.ts";
import { counted, french } from "../../../french/typography.ts";
import { mayAs } from "../../../model/publisher/role.ts";
import { actRoute, CannotDo } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { queryOf, queuePath, readQueue } from "./queue-address.ts";
import { QueueForm, type QueueTable } from "./queue-form.tsx";

const maxPeople = 100;

/** Renders the table of the queue with the form that shares the ticked items out between people. */
export async function AssignForm(given: QueueTable): Promise<Child> {
  const { visit } = given;
  const others = (await curatorsOf(visit)).filter(({ personId }) => personId !== visit.visitor?.personId);
  return (
    <QueueForm {...given} action="/relecture/confier" ticks="element">
      <button type="submit" class="fr-btn fr-btn--secondary fr-btn--sm" name="pour" value={visitorOf(visit).personId}>
        Je m’en occupe
      </button>
      {others.length > 0 && (
        <span class="moisson-bulk__choice">
          <label class="fr-sr-only" for="champ-personne">
            Personne
          </label>
          <select class="fr-select" id="champ-personne" name="personne">
            {others.map(({ personId, name }) => (
              <option value={personId}>{name}</option>
            ))}
          </select>
          <button type="submit" class="fr-btn fr-btn--tertiary fr-btn--sm" name="pour" value="personne">
            Confier
          </button>
        </span>
      )}
      <button type="submit" class="fr-btn fr-btn--tertiary fr-btn--sm" name="pour" value="">
        Rendre libres
      </button>
    </QueueForm>
  );
}

/** Gives the ticked items to a person, or to nobody. */
export const assignItems = actRoute("/relecture/confier", { who: "bizdev", act: "review.assign" }, async (visit, form) => {
  const items = form.all("element").filter((item) => isUuid(item) || fieldOfChange(item) !== null);
  if (items.length === 0) throw new CannotDo("Aucune ligne n’est cochée.");
  const wanted = form.text("pour") === "personne" ? form.text("personne") : form.text("pour");
  const person = wanted === "" ? null : (await curatorsOf(visit)).find(({ personId }) => personId === wanted);
  if (person === undefined) throw new CannotDo("Cette personne n’a pas de compte qui permette de répondre.");
  await visit.catalogue.changeQueue.assign(items, person?.personId ?? null, visit.now);
  const what = counted(items.length, "ligne");
  return {
    message: person === null ? french`${what} : à qui voudra.` : french`${what} : pour ${person.name}.`,
    to: queuePath(readQueue(queryOf(form))),
    subject: null,
    details: { count: items.length, ...(person !== null && { name: person.name }) },
  };
});

/** Returns the people who may answer. */
async function curatorsOf({ catalogue }: Visit) {
  const people = await catalogue.people.list({ isClosed: false }, { limit: maxPeople, offset: 0 });
  return people.filter(({ role }) => role !== null && mayAs(role, "bizdev"));
}
