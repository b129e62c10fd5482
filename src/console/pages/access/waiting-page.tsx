import type { PageRoute } from "../../route.ts";
import { visitorOf } from "../../visit.ts";

/** Who is signed in and has no role: nothing is to be seen yet. */
export const waitingRoute: PageRoute = {
  method: "get",
  path: "/en-attente",
  who: "signed-in",
  answer(visit) {
    const { name, email, role } = visitorOf(visit);
    if (role !== null) return { to: "/" };
    return {
      title: "En attente d’un rôle",
      content: (
        <div class="fr-py-4w">
          <h1>Bienvenue, {name}</h1>
          <p>{`Votre compte (${email}) existe. Il ne permet encore rien : un administrateur doit vous donner un rôle.`}</p>
        </div>
      ),
    };
  },
};
