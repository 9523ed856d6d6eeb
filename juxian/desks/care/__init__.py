"""The desk where offices, people and posts are cared for (机构维护)."""
