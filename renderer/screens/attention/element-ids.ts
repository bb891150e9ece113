/** The form that `attention.send` confirms. */
export const DISCARD_FORM_ID = 'attention-discard-form'
