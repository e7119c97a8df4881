"""What a person can do about a document that is not read, where several readers say the same.

Each is said in Chinese, then in English, like every message. Must not know: any format.
"""

DOWNLOAD = "重新下载完整的文件再上传 download it again and add the whole file"
FETCH = "从原来的网站重新下载 fetch it again from its source"
SAVE_ANEW = (
    "重新下载；还是不行，就用制作它的软件打开，另存一份 "
    "download it again; if it stays so, open it in its own program and save it anew"
)
SAVE_AS_DOCX = (
    "重新下载；还是不行，就用 Word 或 WPS 打开，另存为 .docx "
    "download it again; if it stays so, open it in Word or WPS and save it as .docx"
)
AS_DOCX = "用 Word 或 WPS 打开，另存为 .docx 再上传 open it in Word or WPS, save it as .docx and add that"
AS_PDF = "导出为 PDF 再上传 export it as PDF and add that"
AS_PNG = "把图片另存为 PNG 再上传 save the picture as PNG and add that"
ADD_AS_PDF = "改传 PDF add it as PDF"
UNPACK = "解压，上传里面的年报 unpack it and add the report inside"
UNLOCK = "用密码打开，另存为没有密码的文件 open it with its password and save it without one"
ENCRYPTED = "文件有密码保护 it is encrypted with a password"
PRINT_PAGE = "在浏览器里把网页打印成 PDF 再上传 print it from the browser as PDF and add that"
PART_OF_PAGE = (
    "只保存网页里年报的部分，或打印成 PDF save only the report's part of the page, or print it as PDF"
)
ONE_REPORT = "检查是不是只有一份年报 check that it is one report"
TOO_MUCH_MEMORY = (  # what is found, and the remedy
    "读取占用的内存超过上限 reading it took more memory than allowed",
    "检查是不是只有一份年报，或改传 PDF 或文本 check that it is one report, or add it as PDF or text",
)
DISTRUST = "不要用这个文件，到公布机关的网站重新下载 do not trust this file; get it again from its publisher"
OCR = "pip install 'ogi-reports[ocr]'"
EXTRA = f"install the extra: {OCR}"
INSTALL_OCR = f"安装识别组件 {EXTRA}"
