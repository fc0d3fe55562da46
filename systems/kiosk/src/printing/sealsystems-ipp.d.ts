/** The little that is used of `@sealsystems/ipp`, which brings no types: bytes of IPP messages, there and back. */
declare module '@sealsystems/ipp' {
  export type Value = string | number | boolean;
  export type Attributes = Record<string, Value | readonly Value[] | undefined>;
  export type Message = {
    readonly version?: string;
    readonly id: number;
    readonly operation: string;
    readonly 'operation-attributes-tag': Attributes;
    readonly 'job-attributes-tag'?: Attributes;
    readonly data?: Buffer;
  };
  /** A group that occurs once comes as an object, else as an array; so do the values of an attribute. */
  export type Reply = {
    readonly statusCode?: string;
    readonly 'operation-attributes-tag'?: Record<string, unknown>;
    readonly [group: string]: unknown;
  };
  const ipp: {
    serialize(message: Message): Buffer;
    /** Throws on bytes that are no IPP. */
    parse(bytes: Buffer): Reply;
  };
  export default ipp;
}
