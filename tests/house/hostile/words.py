"""What each kind of hostile file is told, word for word, and a case of the corpus."""

from dataclasses import dataclass

CLEAN = ""  # it is kept, made anew
EMPTY = "这个文件是空的，请重新选择"
LARGE = "文件超过20MB，请降低扫描分辨率或分成几份上传"
VIRUS = "这个文件带有病毒特征，没有保存；请先杀毒，再从原件重新扫描后上传"
UNKNOWN = "只能上传PDF、JPG、PNG、HEIC、WebP、TIFF、BMP文件，且文件须能正常打开"
OFFICE = "这是Word或WPS文件，请另存为PDF再上传"
EXCEL = "这是Excel表格，请另存为PDF再上传"
SLIDES = "这是演示文稿，请另存为PDF再上传"
OFD = "这是OFD文件，请用阅读软件打开，打印为PDF后再上传"
CAJ = "这是CAJ文件，请用阅读软件打开，打印为PDF后再上传"
POSTSCRIPT = "这是PostScript文件，请转换为PDF后再上传"
ZIP = "这是压缩包，请解压后逐份上传"
PAGE = "这是网页文件，请在浏览器里打开，打印为PDF后再上传"
TEXT = "这是文本文件，请另存为PDF再上传"
PROGRAM = "这是程序文件，不能上传；请核对是否选错了文件"
VIDEO = "视频和录音不能上传，请上传证书或文件的扫描件"
PICTURE = "这种图片格式不能上传，请另存为JPG后再上传"
GIF = "GIF图片不能上传，请另存为JPG后再上传"
ANIMATED = "这是动图，请截取需要的一张，另存为JPG后再上传"
BROKEN_IMAGE = "这张图片打不开，可能已损坏，请重新拍照或扫描后上传"
LARGE_IMAGE = "图片尺寸过大，请缩小后上传"
LOCKED = "这个PDF有密码，请去掉密码后上传"
BROKEN = "这个PDF打不开，可能已损坏，请重新扫描后上传"
EMPTY_PDF = "这个PDF没有内容，请重新扫描后上传"
MANY_PAGES = "这个PDF超过300页，请分成几份上传"
BOMB = "这个PDF展开后过大，请降低扫描分辨率，或打印为PDF后再上传"
FORM = "这是动态表单，请打印为PDF后再上传"
PORTFOLIO = "这个PDF里装着别的文件，请把里面的文件取出来逐份上传"
NOTES = "这个PDF里的批注、图章或填写的内容没有固定在页面上，请打印为PDF后再上传"
ODD = "这个PDF的内部写法特殊，无法检查，请打印为PDF后再上传"


@dataclass(frozen=True)
class Case:
    """`said` is why it is refused, or CLEAN. A `mild` one is odd and would do no harm as it is."""

    name: str
    content: bytes
    said: str
    mild: bool = False
