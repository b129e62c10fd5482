/** Part of an OpenDocument file with all its sheets. */
export const contentPart = "content.xml";
