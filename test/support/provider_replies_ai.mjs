// provider_replies_ai.mjs: models, translators, speech, as their documentation shows their answers.
const wrong = (status, message) => ({ status, body: { error: { message, type: 'invalid_request_error', code: null } } })

function chat({ body, headers }) {
  const q = JSON.parse(body)
  if (!headers.authorization.startsWith('Bearer ')) return wrong(401, 'Incorrect API key provided')
  if (q.model === 'none') return wrong(404, 'The model `none` does not exist')
  if (!Array.isArray(q.messages) || !q.messages.every((m) => m.role && m.content)) return wrong(400, 'bad messages')
  return { id: 'chatcmpl-1', object: 'chat.completion', created: 1717200000, model: q.model, service_tier: 'default',
    choices: [{ index: 0, message: { role: 'assistant', content: '一句 "话"\n二句\n' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 } }
}

const baiduToken = ['/oauth/2.0/token', { access_token: '24.token', expires_in: 2592000 }]

export const ai = {
  'openai-chat': [
    ['/v1/chat/completions', chat],
    ['/v1/models', { object: 'list', data: [{ id: 'gpt-4o-mini', object: 'model', created: 1721172741, owned_by: 'system' }] }],
  ],
  'baidu-translate': [['/api/trans/vip/translate', ({ body }) => {
    const form = new URLSearchParams(body)
    return form.get('sign')?.length !== 32 ? { error_code: '54001', error_msg: 'Invalid Sign' } : form.get('to') === 'xx'
      ? { error_code: '58001', error_msg: 'INVALID_TO_PARAM' }
      : { from: 'zh', to: form.get('to'), trans_result: form.get('q').split('\n').map((src) => ({ src, dst: `<${src}>` })) }
  }]],
  'deepl-translate': [['/v2/translate', ({ body }) => (new URLSearchParams(body).get('target_lang') === 'XX'
    ? { status: 400, body: { message: "Value for 'target_lang' not supported." } }
    : { translations: [{ detected_source_language: 'ZH', text: 'Hello' }] })]],
  'libretranslate-translate': [['/translate', ({ body }) => (JSON.parse(body).target === 'xx' ? { status: 400, body: { error: 'xx is not supported' } }
    : { translatedText: 'Hello', detectedLanguage: { confidence: 90, language: 'zh' } })]],
  'baidu-asr': [baiduToken, ['/server_api', ({ body }) => {
    const q = JSON.parse(body)
    return q.token !== '24.token' ? { err_no: 3302, err_msg: 'authentication failed.' } : !q.speech ? { err_no: 3300, err_msg: 'speech param error.' }
      : Buffer.from(q.speech, 'base64').length !== q.len ? { err_no: 3314, err_msg: 'audio length error.' }
        : q.format === 'amr' ? { err_no: 3301, err_msg: 'speech quality error.' }
          : { err_no: 0, err_msg: 'success.', corpus_no: '1', sn: '1', result: ['今天天气怎么样'] }
  }]],
  'volcengine-tts': [['/api/v1/tts', ({ body, headers }) => {
    const q = JSON.parse(body)
    return headers.authorization !== 'Bearer;secret-key-0123456789' ? { status: 401, body: { code: 3001, message: 'authenticate request: load grant' } }
      : q.audio.voice_type === 'none' ? { reqid: q.request.reqid, code: 3050, message: 'voice_type not found' }
        : { reqid: q.request.reqid, code: 3000, operation: 'query', message: 'Success', sequence: -1, data: 'SUQz', addition: { duration: '1960' } }
  }]],
}
