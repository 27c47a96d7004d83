/** A style sheet that the build hands over as minified text, for constructable style sheets. */
declare module "*.css" {
  const text: string;
  export default text;
}
