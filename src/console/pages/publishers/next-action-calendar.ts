import { french } from "../../../french/typography.ts";
import { writeCalendar } from "../../../publish/exports/calendar.ts";
import { pageRoute } from "../../route.ts";
import { publicAddress, visitorOf } from "../../visit.ts";

/** The next actions of the publishers that the visitor is in charge of, as a calendar. Actions without a day are left out. */
export const nextActionCalendar = pageRoute("/producteurs/actions.ics", "bizdev", async (visit) => {
  const { personId } = visitorOf(visit);
  const publishers = await visit.catalogue.publishers.list();
  const events = publishers.flatMap(({ publisherId, name, personInCharge, nextAction, nextActionOn, updatedAt }) =>
    personInCharge !== personId || nextActionOn === null
      ? []
      : [
          {
            uid: `producteur-${publisherId}@moisson`,
            day: nextActionOn,
            title: french`${name} : ${nextAction ?? "à préciser"}`,
            description: nextAction ?? "",
            url: publicAddress(visit, `/producteurs/${publisherId}`),
            changedAt: updatedAt,
          },
        ],
  );
  const body = writeCalendar(events, { name: "Mes prochaines actions", now: visit.now });
  return { fileName: "prochaines-actions.ics", type: "text/calendar; charset=utf-8", body };
});
