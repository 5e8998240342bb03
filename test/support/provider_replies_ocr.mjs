// provider_replies_ocr.mjs: recognisers of documents, as their documentation shows their answers; the values are made up.
const words = (of) => Object.fromEntries(Object.entries(of).map(([k, v]) => [k, { words: v, location: { top: 1, left: 1, width: 9, height: 9 } }]))
const read = (words_result) => ({ log_id: 1814000000000000000, words_result_num: Object.keys(words_result).length, words_result })
const permit = read(words({ NameChn: '张三', NameEng: 'ZHANG, SAN', Birthday: '1990.01.01', Sex: '男', ValidDate: '2020.01.01-2030.01.01', CardNum: 'H00000000' }))
const food = words({ 许可证编号: 'JY10000000000000', 经营者名称: '示例食品店', 生产者名称: '示例食品有限公司', 社会信用代码: '91110000MA0000000X',
  法定代表人: '张三', 住所: '北京市示例路1号', 有效期至: '2027年01月01日' })
const v1 = '/rest/2.0/ocr/v1/'

// A picture that it cannot read, a token that is none: told with status 200, as Baidu does.
const baidu = (answer) => (q) => {
  if (q.query.get('access_token') !== '24.token') return { error_code: 110, error_msg: 'Access token invalid or no longer valid' }
  const form = new URLSearchParams(q.body)
  if (!form.get('image') && !form.get('url')) return { error_code: 216101, error_msg: 'not enough param' }
  return form.get('url') === 'https://example.com/nothing.jpg' ? { error_code: 216630, error_msg: 'recognize error' }
    : form.get('url') === 'https://example.com/broken.jpg' ? { error_code: 216201, error_msg: 'image format error' } : answer
}

export const ocr = {
  'baidu-ocr': [
    ['/oauth/2.0/token', ({ body }) => (new URLSearchParams(body).get('client_secret') === 'secret-key-0123456789'
      ? { access_token: '24.token', expires_in: 2592000, scope: 'public' } : { status: 401, body: { error: 'invalid_client' } })],
    ...Object.entries({
      bankcard: { log_id: 1, result: { bank_card_number: '6225 0000 0000 0000', valid_date: '07/30', bank_card_type: 1, bank_name: '示例银行' } },
      business_license: read(words({ 单位名称: '示例有限公司', 法人: '张三', 地址: '北京市示例路1号', 有效期: '长期', 社会信用代码: '91110000MA0000000X' })),
      passport: read(words({ 国家码: 'CHN', 护照号码: 'E00000000', 姓名: '张三', 姓名拼音: 'ZHANG, SAN', 生日: '19900101', 性别: '男/M' })),
      driving_license: read(words({ 姓名: '张三', 证号: '110000199001010000', 准驾车型: 'C1', 有效期限: '20200101', 至: '20300101' })),
      food_business_license: read(food), food_product_license: read(food), hk_macau_taiwan_exitentrypermit: permit,
      multi_idcard: { log_id: 1, words_result_num: 1, words_result: [{ card_info: { card_type: 'idcard_front', image_status: 'normal' },
        card_result: words({ 姓名: '张三', 性别: '男', 民族: '汉', 出生: '19900101', 住址: '北京市示例路1号', 公民身份号码: '110101199001010000' }) }] },
      taxi_receipt: read({ Date: '2024-06-01', Fare: '23.00', InvoiceCode: '111000000000', InvoiceNum: '00000000', TaxiNum: '京A00000', Time: '08:00-08:30' }),
      train_ticket: read({ ticket_num: 'A000000', starting_station: '北京南站', train_num: 'G1', destination_station: '上海站', date: '2024年06月01日', name: '张三' }),
      vat_invoice: read({ InvoiceType: '电子普通发票', InvoiceCode: '011000000000', InvoiceNum: '00000000', AmountInFiguers: '106.00', CommodityName: [{ row: '1', word: '茶叶' }] }),
      vehicle_invoice: read({ InvoiceCode: '111000000000', InvoiceNum: '00000000', Purchaser: '张三', VinNum: 'LSVAA00000A000000', TaxRate: '13%' }),
      vehicle_license: read(words({ 号牌号码: '京A00000', 车辆类型: '小型轿车', 所有人: '张三', 车辆识别代号: 'LSVAA00000A000000' })),
    }).map(([name, answer]) => [v1 + name, baidu(answer)]),
  ],
  'own-ocr': [['/', ({ body }) => (JSON.parse(body).url === 'https://example.com/nothing.jpg' ? { status: 404, body: {} }
    : { data: { name: '张三', number: '0000' } })]],
}
