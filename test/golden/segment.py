"""What jieba itself makes of some sentences.

    python3 test/golden/segment.py > src/data/segment_golden.def     the committed rows
    python3 test/golden/segment.py SEED COUNT                        made-up sentences, for segment_test.c

Needs python3-jieba; without it the second form prints nothing.
"""
import random
import sys

sys.path.append('/usr/lib/python3/dist-packages')
try:
    import jieba
except ImportError:
    sys.exit(0)
jieba.setLogLevel(60)

SENTENCES = '''
我来到北京清华大学
他来到了网易杭研大厦
小明硕士毕业于中国科学院计算所，后在日本京都大学深造
我不喜欢日本和服。
雷猴回归人间。
工信处女干事每月经过下属科室都要亲口交代24口交换机等技术性器件的安装工作
南京市长江大桥
研究生命的起源
结婚的和尚未结婚的
学会了解决问题
乒乓球拍卖完了
他说的确实在理
这个门把手坏了，请把手拿开
将军任命了一名中将
产量三年中将增长两倍
北京大学生前来应聘
中华人民共和国国务院总理
今天天气真好，我们去公园散步吧！
人工智能正在改变世界
上海自来水来自海上
韩国总统朴槿惠访问了北京
李小福是创新办主任也是云计算方面的专家
习近平在北京会见外宾
王小波写了《黄金时代》和《青铜时代》
张三丰是武当派的祖师
她在微信里发了一个表情包
大数据和机器学习是5G时代的关键技术
价格是3.14元，涨了12.5%
iPhone 15 Pro 比 iPhone 14 快了 20%
C++和C#是不同的编程语言，AT&T是一家公司
请发邮件到 someone@example.com 或访问 http://example.com/a-b?c=1
T恤衫、B超、卡拉OK都是外来词
２０２４年６月１日
欧几里得算法是求最大公约数的方法
永和服装饰品有限公司
如果放到post中将出错
这是一个伸手不见五指的黑夜。我叫孙悟空，我爱北京，我爱Python和C++。
隐马尔可夫模型可以用来标注未登录词
龘靐齉爩
囧囧囧的某某某
嘿嘿，哈哈哈哈！呜呜呜……
第一行
繁體中文的分詞效果如何？這是一個問題。
我昨天在图书馆借了《红楼梦》
他从马上摔下来了，你马上下来一下
工人们正在加班加点地生产口罩
一次性交出全部文件
门前大桥下，游过一群鸭
床前明月光，疑是地上霜
白日依山尽　黄河入海流
民国二十三年生于湖南省长沙市岳麓区
新疆维吾尔自治区乌鲁木齐市
奥巴马与普京在圣彼得堡举行会谈
恭喜发财，红包拿来
不管三七二十一，先吃了再说
有意见分歧
美国加州大学的科学家发现
原子结合成分子时
部分居民生活水平
'''.split('\n')[1:-1] + ['', ' ', '\r\n', 'a', '中', '第一行\r\n第二行\n\n 第三行\t完', '...', '中a', '1.5.', '100%%', 'a.1%中文', '\u3000\u3000段首空格', '😀笑脸', '〇一二三']


def cut(mode, text):
    if mode == 'PRECISE':
        pieces = jieba.cut(text)
    elif mode == 'FULL':
        pieces = jieba.cut(text, cut_all=True)
    elif mode == 'SEARCH':
        pieces = jieba.cut_for_search(text)
    else:
        pieces = jieba.cut(text, HMM=False)
    return [p for p in pieces if p]


def quoted(text):
    out = ''.join('\\%03o' % b if b < 32 or b in b'"\\?' else chr(b) for b in text.encode())
    return out.encode('latin1').decode('utf-8')


def made_up(seed, count):
    """Words, characters and scraps of Latin in a row: ambiguity on purpose."""
    chance = random.Random(seed)
    jieba.initialize()
    words = sorted(w for w, n in jieba.dt.FREQ.items() if n)
    common = sorted(w for w, n in jieba.dt.FREQ.items() if n > 500)
    scraps = ['，', '。', ' ', 'abc', '3.14', 'A1', '%', '-', '\u3000', '9', '#', '.', 'Hello', '“']
    for _ in range(count):
        text = ''
        for _ in range(chance.randint(1, 14)):
            kind = chance.random()
            if kind < 0.5:
                text += chance.choice(common)
            elif kind < 0.7:
                text += chance.choice(words)
            elif kind < 0.9:
                text += chr(chance.randint(0x4E00, 0x9FD5)) if kind < 0.75 else chance.choice(chance.choice(common))
            else:
                text += chance.choice(scraps)
        yield text


MODES = ['PRECISE', 'FULL', 'SEARCH', 'KNOWN']

if len(sys.argv) == 3:
    for text in made_up(int(sys.argv[1]), int(sys.argv[2])):
        for mode in MODES:
            print('\t'.join([mode, text, '|'.join(cut(mode, text))]))
else:
    print('/* segment_golden.def: what jieba 0.42.1 answers; made by test/golden/segment.py. */')
    for text in SENTENCES:
        for mode in MODES:
            print('ROW(%s, "%s",\n    "%s")' % (mode, quoted(text), '|'.join(quoted(p) for p in cut(mode, text))))
