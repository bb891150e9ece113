/** The form that `attention.send` confirms: one is open at a time. */
export const ATTENTION_FORM_ID = 'attention-form'
