// Made by `make schema`.
export const PROTOCOL = 2;
