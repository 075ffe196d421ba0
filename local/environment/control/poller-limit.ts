/** The most pollers that a person may set: each is a process of about 60 MB. */
export const MAX_POLLERS = 50;
