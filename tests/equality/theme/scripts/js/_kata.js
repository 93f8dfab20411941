export const kata = 1;
