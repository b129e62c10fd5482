/** The part of an OpenDocument file that holds all its sheets. */
export const contentPart = "content.xml";
