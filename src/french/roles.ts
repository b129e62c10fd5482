import type { Role } from "../model/publisher/role.ts";

/** French labels of the roles. */
export const roleLabels: Readonly<Record<Role, string>> = {
  read: "lecture",
  bizdev: "partenariats",
  ops: "exploitation",
  admin: "administration",
};
